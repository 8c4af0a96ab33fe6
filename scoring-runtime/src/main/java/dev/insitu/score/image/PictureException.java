package dev.insitu.score.image;

/** A picture that cannot be used; the message completes "cannot enter the model". */
public final class PictureException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public PictureException(String message) {
    super(message);
  }
}
