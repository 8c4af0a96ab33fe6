package dev.insitu.score.verify;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.Artifact;
import dev.insitu.model.ModelVersion;
import dev.insitu.model.Task;
import dev.insitu.onnx.EdgeSplit;
import dev.insitu.onnx.foreign.ForeignModel;
import dev.insitu.onnx.foreign.ModelLimits;
import dev.insitu.score.Cancellation;
import dev.insitu.score.Scorer;
import dev.insitu.score.ScorerCache;
import dev.insitu.score.binding.GraphBinding;
import dev.insitu.score.kernel.ImportedKernel;
import dev.insitu.score.kernel.KernelScorer;
import dev.insitu.score.kernel.NotCovered;
import dev.insitu.score.onnx.ForeignScorer;
import dev.insitu.score.onnx.OnnxRuntimeScorer;
import dev.insitu.score.text.TextTokenizer;
import java.util.Set;

/** Opens scorers: stored bytes, edge, session, replay of the verification rows. */
public final class Scorers {
  private static final int MAX_SCORERS = 64;
  private static final long MAX_MEMO_BYTES = 256L << 20;
  private static final long MAX_BYTES = 512L << 20;

  /** The type of models that others made. */
  public static final String IMPORTED = "onnx";

  private Scorers() {}

  /**
   * Opens a scorer for a version.
   *
   * @throws MlException ENGINE, NATIVE_LIBRARY, VERIFICATION_FAILED
   */
  public static Scorer open(ModelVersion version) {
    Artifact artifact = version.model().artifact();
    if (artifact.format() != Artifact.Format.ONNX) {
      throw MlException.of(ErrorCode.NOT_YET_SUPPORTED, "scoring of format " + artifact.format());
    }
    return verified(
        version.model().modelType().equals(IMPORTED) ? foreign(version) : own(version), version);
  }

  private static Scorer verified(Scorer scorer, ModelVersion version) {
    try {
      Verification.replay(scorer, version);
    } catch (RuntimeException e) {
      scorer.close();
      throw e;
    }
    return scorer;
  }

  /** A graph that we wrote: kernels, or its edge in Java and its numbers in ONNX Runtime. */
  private static Scorer own(ModelVersion version) {
    Artifact artifact = version.model().artifact();
    Task task = version.model().task();
    EdgeSplit edge = EdgeSplit.of(artifact.bytes(), scoreOutput(task));
    edge.requireFit(version.model().signature(), width(task));
    Set<Integer> unused = edge.unusedInputs();
    try {
      return KernelScorer.compile(edge, width(task), unused);
    } catch (NotCovered e) {
      return OnnxRuntimeScorer.open(
          edge, version.model().signature(), width(task), unused, e.reason());
    }
  }

  /**
   * A graph that somebody else made: kernels, if they answer the stored rows as ONNX Runtime did
   * when it was imported, else ONNX Runtime.
   */
  private static Scorer foreign(ModelVersion version) {
    byte[] bytes = version.model().artifact().bytes();
    GraphBinding binding = GraphBinding.of(version);
    ForeignModel model =
        ForeignModel.read(
            "\"" + version.name() + "\"", bytes, ModelLimits.DEFAULT.withBytes(bytes.length));
    String why = "no rows to check it by";
    if (!version.model().verification().isEmpty()) {
      try {
        return verified(
            ImportedKernel.compile(
                bytes,
                binding,
                version.model().signature(),
                () -> onnxRuntime(version, model, binding, "")),
            version);
      } catch (NotCovered e) {
        why = e.reason();
      } catch (MlException e) {
        if (e.code() != ErrorCode.VERIFICATION_FAILED) {
          throw e;
        }
        why = "other answers";
      }
    }
    return onnxRuntime(version, model, binding, why);
  }

  private static Scorer onnxRuntime(
      ModelVersion version, ForeignModel model, GraphBinding binding, String why) {
    return ForeignScorer.open(
        model,
        binding,
        version.model().signature(),
        version.model().attachment(TextTokenizer.ATTACHMENT),
        why,
        Cancellation.NEVER);
  }

  /**
   * Returns a cache of verified scorers for a process: at most 64, with 512 MiB of graphs; answers
   * are kept in a sixteenth of the heap, at most 256 MiB.
   */
  public static ScorerCache cache() {
    long memory = Math.min(Runtime.getRuntime().maxMemory() / 16, MAX_MEMO_BYTES);
    return new ScorerCache(MAX_SCORERS, MAX_BYTES, memory, Scorers::open);
  }

  /** Returns the name of the output of a stored graph that holds the scores. */
  public static String scoreOutput(Task task) {
    if (task instanceof Task.Regression) {
      return "prediction";
    } else if (task instanceof Task.Classification) {
      return "probabilities";
    } else {
      return "distances";
    }
  }

  /** Returns how many scores a row has. */
  public static int width(Task task) {
    if (task instanceof Task.Classification classification) {
      return classification.classes().size();
    } else if (task instanceof Task.Clustering clustering) {
      return clustering.clusters();
    } else {
      return 1;
    }
  }

  /**
   * Returns the bytes of a version's ONNX file: the stored graph as it is, edge and labels
   * included.
   *
   * @throws MlException NOT_YET_SUPPORTED if the family has no ONNX form
   */
  public static byte[] file(ModelVersion version) {
    Artifact artifact = version.model().artifact();
    if (artifact.format() != Artifact.Format.ONNX) {
      throw MlException.of(ErrorCode.NOT_YET_SUPPORTED, "export of format " + artifact.format());
    }
    return artifact.bytes();
  }
}
