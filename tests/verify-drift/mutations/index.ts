import { randomFrom, type Random } from '../../support/random-texts';
import type { Mutation, TokenizerJson } from '../types';
import { addedTokenMutations, overlapMutations } from './added-tokens';
import { decoderMutations } from './decoders';
import { batchMutations, fileMutations } from './files';
import { mergeMutations, modelFlagMutations, vocabularyMutations } from './models';
import { normalizerMutations } from './normalizers';
import { postProcessorMutations } from './post-processors';
import { preTokenizerMutations, rewrittenStages } from './pre-tokenizers';
import { specialTextMutations } from './special-texts';

/**
 * All mutations of stages, flags and the file format, and `tables` mutations of each kind for the vocabulary and
 * merges.
 */
export function allMutations(file: TokenizerJson, seed: number, tables: number): Mutation[] {
	const random = randomFrom(seed);
	return [
		...preTokenizerMutations(file),
		...rewrittenStages(file),
		...normalizerMutations(file),
		...decoderMutations(file),
		...postProcessorMutations(file),
		...addedTokenMutations(file, random),
		...overlapMutations(file),
		...modelFlagMutations(file),
		...vocabularyMutations(file, random, tables),
		...mergeMutations(file, random, tables),
		...batchMutations(file),
		...fileMutations(file),
		...specialTextMutations(file),
		...combinedMutations(file, random)
	];
}

/** Mutations of only the vocabulary, the merges and the model's flags, for files whose vocabulary isn't reduced. */
export function tableMutations(file: TokenizerJson, seed: number, tables: number): Mutation[] {
	const random = randomFrom(seed);
	return [
		...vocabularyMutations(file, random, tables),
		...mergeMutations(file, random, tables),
		...modelFlagMutations(file).slice(0, 4)
	];
}

/** Combines a mutation with a harmless rewriting of the file, and pairs of mutations that change different parts. */
function combinedMutations(file: TokenizerJson, random: Random): Mutation[] {
	const mutations: Mutation[] = [];
	const indented = (text: string) => JSON.stringify(JSON.parse(text), null, 2);
	const reordered = (text: string) => {
		const json = JSON.parse(text) as TokenizerJson;
		const vocab = Object.fromEntries(Object.entries(json.model.vocab).reverse());
		return JSON.stringify({ ...json, model: { ...json.model, vocab } });
	};
	const real = [
		...preTokenizerMutations(file),
		...decoderMutations(file),
		...normalizerMutations(file),
		...addedTokenMutations(file, random),
		// Dropout is random, so its effect can't be reproduced.
		...modelFlagMutations(file).filter(({ name }) => !name.includes('dropout')),
		...batchMutations(file).filter(({ from }) => from === undefined)
	].filter(({ class: name }) => !['D9', 'refused', 'unread stage'].includes(name));
	for (let i = 0; i < 24 && real.length > 1; i++) {
		const one = real[Math.floor(random() * real.length)];
		const rewrite = i % 2 === 0 ? indented : reordered;
		mutations.push({
			class: 'combined',
			name: `combined: ${one.name}, and written differently`,
			apply: () => rewrite(one.apply())
		});
		const other = real[Math.floor(random() * real.length)];
		const [stageOne, stageOther] = [one, other].map(({ name }) => name.split(':')[0]);
		if (stageOne === stageOther) continue;
		mutations.push({
			class: 'combined',
			name: `combined: ${one.name}, and ${other.name}`,
			apply: () => {
				const [base, a, b] = [JSON.stringify(file), one.apply(), other.apply()].map(
					(text) => JSON.parse(text) as Record<string, unknown>
				);
				const changed = Object.keys(b).filter(
					(key) => JSON.stringify(b[key]) !== JSON.stringify(base[key])
				);
				return JSON.stringify({ ...a, ...Object.fromEntries(changed.map((key) => [key, b[key]])) });
			}
		});
	}
	return mutations;
}
