/**
 * Texts as the token ids that language models read, by the tokenizer that a model brings with it.
 *
 * <p>The only package that knows the native tokenizers of Hugging Face; it calls the bridge to them
 * that DJL ships, and nothing else of DJL, which calls home and downloads. Read {@link
 * dev.insitu.score.text.TextTokenizer} first.
 */
@NullMarked
package dev.insitu.score.text;

import org.jspecify.annotations.NullMarked;
