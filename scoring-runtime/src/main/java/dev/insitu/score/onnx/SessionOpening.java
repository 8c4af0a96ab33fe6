package dev.insitu.score.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.insitu.score.Cancellation;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The opening of a session for a graph of others. ONNX Runtime cannot be stopped while it reads and
 * optimises a graph, so that happens in a thread of its own, which is left to itself if it takes
 * too long; what it made is freed when it is done.
 */
final class SessionOpening {
  /** Sub-graphs within sub-graphs are read by functions that call themselves. */
  private static final long STACK_BYTES = 16L << 20;

  private SessionOpening() {}

  /**
   * Opens a session.
   *
   * @throws CancellationException if it was cancelled
   * @throws dev.insitu.error.MlException SCORING_LIMIT
   */
  static OrtSession open(
      byte[] graph, int threads, Cancellation cancellation, RunWatch.Limits limits)
      throws OrtException {
    CompletableFuture<OrtSession> opened = new CompletableFuture<>();
    Thread thread =
        new Thread(null, () -> complete(opened, graph, threads), "insitu-open", STACK_BYTES);
    thread.setDaemon(true);
    RunWatch.Look look = new RunWatch.Look(cancellation, limits);
    thread.start();
    while (true) {
      try {
        return opened.get(RunWatch.LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        RunWatch.Reason reason = look.reason(1);
        if (reason != RunWatch.Reason.NONE) {
          opened.thenAccept(SessionOpening::free);
          throw limits.error(reason, "loading the graph");
        }
      } catch (InterruptedException e) {
        opened.thenAccept(SessionOpening::free);
        Thread.currentThread().interrupt();
        throw new CancellationException();
      } catch (ExecutionException e) {
        throw raised(e.getCause());
      }
    }
  }

  private static void complete(CompletableFuture<OrtSession> opened, byte[] graph, int threads) {
    try {
      opened.complete(OnnxRuntime.openForeign(graph, threads));
    } catch (OrtException | RuntimeException | Error e) {
      opened.completeExceptionally(e);
    }
  }

  private static OrtException raised(@Nullable Throwable cause) {
    if (cause instanceof OrtException known) {
      return known;
    } else if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    } else if (cause instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException(cause);
  }

  private static void free(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw OnnxRuntime.failure("close a session", e);
    }
  }
}
