package dev.insitu.store;

import dev.insitu.model.ModelName;
import java.time.Instant;
import java.util.Optional;

/**
 * A model that is trained again and again.
 *
 * @param id its key
 * @param model the model
 * @param query the training query
 * @param options the options of the training, as JSON
 * @param every how often, as the user wrote it
 * @param everySeconds the same in seconds
 * @param when the condition, a query of one truth value; empty: always
 * @param user who scheduled it, and as whom it runs
 * @param runSchema the schema in which it runs
 * @param createdAt when it was scheduled
 * @param nextRun when it is due
 * @param lastRun when the last training began that ended well; empty: there was none
 */
public record StoredSchedule(
    long id,
    ModelName model,
    String query,
    String options,
    String every,
    long everySeconds,
    Optional<String> when,
    String user,
    String runSchema,
    Instant createdAt,
    Instant nextRun,
    Optional<Instant> lastRun) {}
