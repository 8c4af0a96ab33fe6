/**
 * ONNX graphs: written, brought into canonical form, hashed, read and taken apart.
 *
 * <p>The only package that knows protobuf and the ONNX message classes. A model of ours uses opset
 * {@value dev.insitu.onnx.GraphBuilder#OPSET} and {@code ai.onnx.ml} {@value
 * dev.insitu.onnx.GraphBuilder#ML_OPSET}, one input per column of the signature (shape [N, 1];
 * double, or string for text) and computes in float64.
 *
 * <p><b>NULL in a file.</b> A double input takes NaN. A text input takes {@value
 * dev.insitu.onnx.GraphBuilder#NULL_TEXT} (U+FDD0, a noncharacter that no text may contain),
 * because an ONNX string cannot be null.
 *
 * <p><b>Outputs of a file.</b> Regression: {@code prediction} double [N, 1]. Classification: {@code
 * probabilities} double [N, classes] and {@code label} [N] in the label's own type. Clustering:
 * {@code distances} double [N, clusters] (squared) and {@code centroid_id} int64 [N], from 1.
 *
 * <p><b>The edge.</b> Our own scoring gives no text to ONNX Runtime: {@link
 * dev.insitu.onnx.EdgeSplit} takes the operators that make numbers of text out of a stored graph,
 * they run in Java, and the numeric rest runs in ONNX Runtime. So a text input may feed these
 * alone:
 *
 * <ul>
 *   <li>LabelEncoder ({@code keys_strings}, {@code values_int64s}, {@code default_int64}),
 *       directly; any number of them
 *   <li>StringSplit (behind Reshape, Squeeze or Flatten to [N]; with or without {@code delimiter},
 *       no {@code maxsplit}), then TfIdfVectorizer in mode TF over single words (lengths 1, {@code
 *       pool_strings}, no weights), then Cast to double. Lower-casing is metadata {@value
 *       dev.insitu.onnx.GraphBuilder#LOWER_CASE}.
 * </ul>
 *
 * <p><b>Operators.</b> ONNX Runtime 1.28 runs these on the CPU, tried one by one by {@code
 * OperatorSupportTest}:
 *
 * <ul>
 *   <li>double: Add, Sub, Mul, Div, Neg, Abs, Floor, Ceil, Round (half to even), Sqrt, Exp, Log,
 *       Pow, Mod with {@code fmod=1} (sign of the dividend), Min, Max, Sum, Clip, Sigmoid, Tanh,
 *       Softmax, Identity, MatMul, Gemm, ReduceSum, ReduceMean, ReduceMin, ReduceMax,
 *       ReduceSumSquare, ArgMax, ArgMin, Where, Concat, Gather, Slice, Reshape, Squeeze, Unsqueeze,
 *       Transpose
 *   <li>double to bool: IsNaN, IsInf, Less, LessOrEqual, Greater, GreaterOrEqual, Equal; bool: And,
 *       Or, Not
 *   <li>int64: Equal with broadcasting ([N, 1] against [1, k] is one-hot; Cast the bool to double),
 *       Mod (sign of the divisor), Div (towards zero), Add, Mul, Gather
 *   <li>Cast between double, float, int64 and bool (double to int64 towards zero; NaN and numbers
 *       outside of int64 are undefined: replace them first)
 *   <li>labels: Gather from string, int64, double and bool constants
 *   <li>{@code ai.onnx.ml} 5: TreeEnsemble in double and in float, LabelEncoder from string to
 *       int64
 *   <li>text: StringSplit of [N] (filled up with empty texts), TfIdfVectorizer (float counts)
 *   <li>not: OneHot of int64 to double, Imputer, OneHotEncoder and Scaler in double
 * </ul>
 *
 * <p>A node costs about a microsecond a batch, which is what one row at a time pays: concatenate
 * first, then impute, centre and scale all columns by one node each with [1, columns] constants.
 *
 * <p>Read {@link dev.insitu.onnx.GraphBuilder} first.
 */
@NullMarked
package dev.insitu.onnx;

import org.jspecify.annotations.NullMarked;
