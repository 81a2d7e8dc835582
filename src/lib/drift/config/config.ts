import type { Tokenizer, TokenizerSpec } from '../../engine';
import { templateForms } from '../special-tokens';
import type { ConfigDifference, MergesFindings } from '../types';
import { addedTokenDifferences } from './added-token-differences';
import { modelDifferences } from './model-differences';
import type { Encode } from './run-stage';
import { stageDifferences } from './stage-differences';
import { canonicalJson } from './steps';

/**
 * Everything in which two configurations differ, in the order of the file; vocabularies aside.
 * @param sameTokens whether both have the same ordinary tokens, whatever their ids
 */
export function compareConfigs(
	tokenizerA: Tokenizer,
	tokenizerB: Tokenizer,
	merges: MergesFindings,
	sameTokens = true
): ConfigDifference[] {
	const [a, b] = [tokenizerA.spec, tokenizerB.spec];
	const encode: Encode = (text) => tokenizerA.encode(text);
	return [
		...addedTokenDifferences(a.added_tokens, b.added_tokens, a.normalizer || b.normalizer),
		...stageDifferences('normalizer', a, b, encode),
		...preTokenizerDifferences(a, b, encode),
		...modelDifferences(a, b, merges, sameTokens),
		...postProcessorDifferences(a, b),
		...stageDifferences('decoder', a, b, encode)
	];
}

/** Without ByteLevel the model reads a byte-level vocabulary as it is spelled, whatever the pieces are. */
function preTokenizerDifferences(
	a: TokenizerSpec,
	b: TokenizerSpec,
	encode: Encode
): ConfigDifference[] {
	const found = stageDifferences('pre_tokenizer', a, b, encode);
	if (a.model.byte_level === b.model.byte_level) return found;
	const [with_, without] = a.model.byte_level ? ['A', 'B'] : ['B', 'A'];
	const sentence = `${with_} spells text in the byte alphabet (ByteLevel) and ${without} does not: the model sees other symbols.`;
	return found.map((difference) =>
		difference.severity === 'silent' ? difference : { ...difference, severity: 'silent', sentence }
	);
}

function postProcessorDifferences(a: TokenizerSpec, b: TokenizerSpec): ConfigDifference[] {
	const [valueA, valueB] = [a.post_processor, b.post_processor];
	if (canonicalJson(valueA) === canonicalJson(valueB)) return [];
	const same = canonicalJson(templateForms(valueA)) === canonicalJson(templateForms(valueB));
	return [
		{
			field: 'post_processor',
			a: JSON.stringify(valueA),
			b: JSON.stringify(valueB),
			severity: same ? 'harmless' : 'silent',
			sentence: same
				? 'Both put the same tokens around a text; only offsets may differ.'
				: 'B puts other tokens around a text or a pair of texts.',
			firstDifference: null,
			example: null,
			tried: 0
		}
	];
}
