/**
 * Decision trees as every trainer hands them over, and how they are written as one TreeEnsemble.
 *
 * <p>May use {@code dev.insitu.onnx} and nothing of a third party. Read {@link
 * dev.insitu.train.tree.DecisionTree} first.
 */
@NullMarked
package dev.insitu.train.tree;

import org.jspecify.annotations.NullMarked;
