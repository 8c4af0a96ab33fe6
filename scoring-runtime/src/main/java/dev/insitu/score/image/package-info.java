/**
 * Pictures as the numbers that image models read: decoded by the JDK, brought to size as Pillow
 * does, and normalised.
 *
 * <p>Read {@link dev.insitu.score.image.ImageSteps} first.
 */
@NullMarked
package dev.insitu.score.image;

import org.jspecify.annotations.NullMarked;
