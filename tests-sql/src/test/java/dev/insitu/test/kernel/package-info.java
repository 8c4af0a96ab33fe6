/**
 * How fast kernels are beside the runtimes that a user could pick instead, by CPU time, contenders
 * in turn. Commands, not parts of the build. Read {@link dev.insitu.test.kernel.KernelComparison}
 * first.
 */
@NullMarked
package dev.insitu.test.kernel;

import org.jspecify.annotations.NullMarked;
