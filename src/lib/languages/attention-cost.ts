/**
 * What a given number of tokens costs: the share of the context window, and a transformer's work and memory.
 *
 * Work is counted as in Hoffmann et al. 2022 (https://arxiv.org/abs/2203.15556, appendix F): two operations per
 * multiply-add. Embeddings and the logits of the last layer are excluded because they depend on the vocabulary, not on
 * the text alone. Softmax, norms and rotations are also excluded.
 */
import type { AttentionCost, ModelShape } from './types';

/**
 * Characters on a standard page, including spaces: 30 lines of 60, as counted by German-speaking publishers and
 * translators (https://de.wikipedia.org/wiki/Normseite).
 */
const PAGE_CHARS = 1800;

/**
 * Number of pages of text that fit in a context window, not rounded; Infinity if the text has no tokens. A page is
 * {@link PAGE_CHARS} characters of the baseline's text, so that it has the same content in every language.
 * @param tokens tokens in the text
 * @param contextWindow size of the context window in tokens
 * @param baselineChars code points of the text in the baseline language
 */
export const pagesInWindow = (
	tokens: number,
	contextWindow: number,
	baselineChars: number
): number => (contextWindow / tokens) * (baselineChars / PAGE_CHARS);

/**
 * Weights in one layer's matrices: queries and output (hidden × heads · headDim each), keys and values (hidden ×
 * kvHeads · headDim each), feed-forward (ffnMatrices of hidden × ffn). Excludes biases and norms.
 */
export const layerWeights = (shape: ModelShape): number =>
	shape.hidden *
	(2 * (shape.heads + shape.kvHeads) * shape.headDim + shape.ffnMatrices * shape.ffn);

/**
 * Work of one forward pass over `tokens` tokens (prefill), for all layers:
 * quadratic = layers · 4 · n² · heads · headDim (2 for the scores QKᵀ, 2 for the sums of values);
 * linear = layers · 2 · n · weights of a layer.
 * Counts the whole score matrix, including the half that a causal mask hides; a kernel that skips that half does only
 * half of the quadratic work.
 */
export function attentionCost(tokens: number, shape: ModelShape): AttentionCost {
	const { layers, heads, headDim } = shape;
	const scores = layers * heads * tokens * tokens;
	const quadratic = 4 * scores * headDim;
	const linear = 2 * layers * layerWeights(shape) * tokens;
	const all = quadratic + linear;
	return { scores, quadratic, linear, quadraticShare: all === 0 ? 0 : quadratic / all };
}

/**
 * Number of tokens at which the quadratic work (attention scores and weighted sums of values) equals the linear work
 * (projections and feed-forward network): weights per layer / (2 · heads · headDim).
 */
export const evenLength = (shape: ModelShape): number =>
	layerWeights(shape) / (2 * shape.heads * shape.headDim);

/**
 * Bytes of the key/value cache for `tokens` tokens: 2 · layers · kvHeads · headDim · n · bytesPerElement (one key and
 * one value per layer and key/value head; Kwon et al. 2023, https://arxiv.org/abs/2309.06180, section 3).
 * @param bytesPerElement 2 for float16 and bfloat16, 1 for 8 bits, 4 for float32
 */
export const kvCacheBytes = (tokens: number, shape: ModelShape, bytesPerElement: number): number =>
	2 * shape.layers * shape.kvHeads * shape.headDim * tokens * bytesPerElement;
