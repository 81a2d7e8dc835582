import type { TokenizerSpec } from '../../../engine';
import { templateIds } from '../special-tokens';
import type { ConfigDifference, MergesFindings } from '../types';
import { addedTokenDifferences } from './added-token-differences';
import { modelDifferences } from './model-differences';
import { stageDifferences } from './stage-differences';
import { canonicalJson } from './steps';

/**
 * Everything in which two configurations differ, in the order of the file; vocabularies aside.
 * @param sameTokens whether both have the same ordinary tokens, whatever their ids
 */
export function compareConfigs(
	a: TokenizerSpec,
	b: TokenizerSpec,
	merges: MergesFindings,
	sameTokens = true
): ConfigDifference[] {
	return [
		...addedTokenDifferences(a.added_tokens, b.added_tokens, a.normalizer || b.normalizer),
		...stageDifferences('normalizer', a, b),
		...preTokenizerDifferences(a, b),
		...modelDifferences(a, b, merges, sameTokens),
		...postProcessorDifferences(a, b),
		...stageDifferences('decoder', a, b)
	];
}

/** Without ByteLevel the model reads a byte-level vocabulary as it is spelled, whatever the pieces are. */
function preTokenizerDifferences(a: TokenizerSpec, b: TokenizerSpec): ConfigDifference[] {
	const found = stageDifferences('pre_tokenizer', a, b);
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
	const same =
		canonicalJson(templateIds(valueA, 'single')) === canonicalJson(templateIds(valueB, 'single')) &&
		canonicalJson(templateIds(valueA, 'pair')) === canonicalJson(templateIds(valueB, 'pair'));
	return [
		{
			field: 'post_processor',
			a: JSON.stringify(valueA),
			b: JSON.stringify(valueB),
			severity: same ? 'harmless' : 'silent',
			sentence: same
				? 'Both put the same tokens around a text; only offsets may differ.'
				: 'B puts other tokens around a text.',
			firstDifference: null,
			example: null,
			tried: 0
		}
	];
}
