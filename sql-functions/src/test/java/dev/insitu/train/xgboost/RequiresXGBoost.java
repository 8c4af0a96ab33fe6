package dev.insitu.train.xgboost;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips a test class where XGBoost cannot be loaded, with the reason on standard error; under
 * {@code -Dinsitu.require.xgboost=true} the class runs, and fails.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresXGBoost.Condition.class)
public @interface RequiresXGBoost {
  /** The condition. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (XGBoostLibrary.available()) {
        return ConditionEvaluationResult.enabled("XGBoost is there");
      }
      String reason = XGBoostLibrary.failure().orElseThrow().getMessage();
      if (Boolean.getBoolean("insitu.require.xgboost")) {
        return ConditionEvaluationResult.enabled("insitu.require.xgboost, but " + reason);
      }
      String skipped = "SKIPPED " + context.getDisplayName() + ", XGBoost is missing: " + reason;
      System.err.println(skipped);
      return ConditionEvaluationResult.disabled(skipped);
    }
  }
}
