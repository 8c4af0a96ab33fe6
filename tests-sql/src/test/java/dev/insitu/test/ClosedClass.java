package dev.insitu.test;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** A class that nobody outside can extend. */
final class ClosedClass {
  private ClosedClass() {}

  static ArchCondition<JavaClass> beFinalOrSealed() {
    return new ArchCondition<>("be final, an enum, a record or sealed") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!ArchitectureTest.closed(type) && !type.reflect().isSealed()) {
          events.add(SimpleConditionEvent.violated(type, type.getName() + " can be extended"));
        }
      }
    };
  }
}
