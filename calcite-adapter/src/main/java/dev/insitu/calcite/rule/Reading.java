package dev.insitu.calcite.rule;

/** What is known of a call before the plan is looked at. */
public interface Reading {
  /**
   * Returns whether what is around the call in the plan may change which rows are read. A call that
   * the plan has twice is one table of the database.
   */
  boolean mayMove(String call);

  /** Returns whether a column of the call is read whatever the plan says. */
  boolean reads(String call, String column);
}
