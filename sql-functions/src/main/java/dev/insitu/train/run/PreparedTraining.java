package dev.insitu.train.run;

import dev.insitu.model.Task;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.Split;
import dev.insitu.train.TrainingSet;
import dev.insitu.train.prepare.Preparation;
import java.util.Optional;

/**
 * The rows of a training query, ready for a trainer.
 *
 * @param set the rows as they were read
 * @param split which are learnt from
 * @param preparation how they become the prepared matrix
 * @param task what is to be learnt
 * @param training the rows to learn from
 * @param heldOut those held out, if any are
 */
public record PreparedTraining(
    TrainingSet set,
    Split split,
    Preparation preparation,
    Task task,
    PreparedRows training,
    Optional<PreparedRows> heldOut) {}
