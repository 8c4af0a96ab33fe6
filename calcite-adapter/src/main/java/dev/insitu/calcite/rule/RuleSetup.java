package dev.insitu.calcite.rule;

import java.util.function.Function;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.tools.RelBuilderFactory;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a rule of ours.
 *
 * @param name for the planner's trace
 * @param operands which operators it looks for
 * @param builders makes new operators
 * @param rule makes the rule
 */
record RuleSetup(
    String name,
    RelRule.OperandTransform operands,
    RelBuilderFactory builders,
    Function<RuleSetup, RelOptRule> rule)
    implements RelRule.Config {
  static RuleSetup of(
      String name, RelRule.OperandTransform operands, Function<RuleSetup, RelOptRule> rule) {
    return new RuleSetup(name, operands, RelFactories.LOGICAL_BUILDER, rule);
  }

  @Override
  public RelOptRule toRule() {
    return rule.apply(this);
  }

  @Override
  public String description() {
    return name;
  }

  @Override
  public RelRule.Config withDescription(@Nullable String description) {
    return new RuleSetup(description == null ? name : description, operands, builders, rule);
  }

  @Override
  public RelRule.OperandTransform operandSupplier() {
    return operands;
  }

  @Override
  public RelRule.Config withOperandSupplier(RelRule.OperandTransform transform) {
    return new RuleSetup(name, transform, builders, rule);
  }

  @Override
  public RelBuilderFactory relBuilderFactory() {
    return builders;
  }

  @Override
  public RelRule.Config withRelBuilderFactory(RelBuilderFactory factory) {
    return new RuleSetup(name, operands, factory, rule);
  }
}
