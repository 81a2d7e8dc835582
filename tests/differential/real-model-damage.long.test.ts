/**
 * Compares the record of damage to a real model (tests/real-model/figures.json, written by measure.py) with the lab:
 * its edits give the same ids, and the trigram model ranks the drifts as the page claims.
 */
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import {
	joinDocuments,
	splitDocuments,
	type CorpusDocument
} from '../../src/lib/drift/damage/documents';
import { runToEnd } from '../../src/lib/drift/calls';
import { holdOut } from '../../src/lib/drift/damage/hold-out';
import { measureDamage } from '../../src/lib/drift/damage/measure';
import { applyEdits } from '../../src/lib/drift/edits/apply';
import type { SpecEdit } from '../../src/lib/drift/edits/spec-edit';
import { createTokenizer } from '../../src/lib/engine';
import { decodeUtf8, encodeUtf8 } from '../../src/lib/engine/text/utf8';
import { MISTRAL_SPLIT_ON_GEMMA, NO_BOS } from '../../src/lib/features/drift/cases/changes';
import { EngineRuntime } from '../../src/lib/tokenizers/runtimes/engine';
import { PACKED_CORPORA } from '../../src/tools/corpora/corpora';
import { packedLab, packedSpec } from '../support/packed-tokenizers';
import record from '../real-model/figures.json';
import { texts } from '../real-model/texts.json';

type Kind = 'prose' | 'code' | 'HTML list' | 'HTML page';

/** Number of merges in gemma3's tokenizer.json. */
const MERGE_COUNT = 514_906;

/** Edits that turn gemma3 into the tokenizer that the model was served with, by the name in the record. */
const DRIFTS: Readonly<Record<string, readonly SpecEdit[]>> = {
	'mistral-split': [MISTRAL_SPLIT_ON_GEMMA],
	'merges-dropped': [{ kind: 'drop-last-merges', count: Math.floor((MERGE_COUNT * 7) / 8) }],
	letters: [{ kind: 'drop-last-merges', count: MERGE_COUNT }],
	'no-bos': [NO_BOS],
	'tags-dropped': [{ kind: 'drop-added-tokens', which: 'not-special' }]
};

const textsOf = (kind: Kind) => texts.filter((text) => text.kind === kind).map(({ text }) => text);

/** Formats a profile as a web page, with its name as the heading and a list item per sentence. */
function asHtml({ name, text }: CorpusDocument): CorpusDocument {
	const items = text
		.trimEnd()
		.split('\n')
		.flatMap((line) => line.split(/(?<=[.;]) (?=[A-Za-z])/));
	const list = items.map((item) => `<li>${item}</li>\n`).join('');
	return { name, text: `<h1>${name}</h1>\n<ul>\n${list}</ul>\n` };
}

/** Training texts for the trigram model. None resembles the page. */
const CORPORA: Readonly<Record<Exclude<Kind, 'HTML page'>, () => string>> = {
	prose: PACKED_CORPORA.factbook,
	code: PACKED_CORPORA.code,
	'HTML list': () => joinDocuments(splitDocuments(PACKED_CORPORA.factbook(), '').map(asHtml))
};

const documentsOf = (kind: keyof typeof CORPORA) =>
	splitDocuments(CORPORA[kind](), kind).map(({ name, text }) => ({ name, text: encodeUtf8(text) }));

/** Hashes ids formatted as in measure.py: JSON with a space after each comma. */
function idsSha256(texts: readonly Uint32Array[]): string {
	const json = `[${texts.map((ids) => `[${ids.join(', ')}]`).join(', ')}]`;
	return createHash('sha256').update(json).digest('hex');
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

it.each(['prose', 'code', 'HTML list'] as const)(
	'scores %s that the trigram has not seen',
	(kind) => {
		const { heldOut } = holdOut(documentsOf(kind));
		for (const text of textsOf(kind)) {
			expect(heldOut.some((part) => decodeUtf8(part.utf8).includes(text))).toBe(true);
		}
	}
);

const served = (edits: readonly SpecEdit[]) =>
	new EngineRuntime(createTokenizer(applyEdits(packedSpec('gemma3'), edits)));

it.each(record.figures)('$drift has the ids of the lab’s edits on $kind', (figure) => {
	const [a, b] = [packedLab('gemma3'), served(DRIFTS[figure.drift])];
	const [right, wrong] = [a, b].map((one) =>
		textsOf(figure.kind as Kind).map((text) => one.encode(text).ids)
	);
	const count = (all: readonly Uint32Array[]) => sum(all.map(({ length }) => length));
	expect({ right: count(right), wrong: count(wrong) }).toEqual(figure.tokens);
	expect(idsSha256(wrong)).toBe(figure.idsSha256);
});

it('orders three drifts on prose as the trigram does, which loses less to each', () => {
	const a = packedLab('gemma3');
	const names = ['mistral-split', 'merges-dropped', 'letters'];
	const changes = names.map((name) => {
		const [b, rows] = [served(DRIFTS[name]), a.tokenizer.vocabularySize];
		const damage = runToEnd(measureDamage({ a, b, rows, documents: documentsOf('prose') }));
		const figure = record.figures.find(({ drift, kind }) => drift === name && kind === 'prose');
		if (damage.outcome !== 'measured' || !figure) throw new Error(`${name} was not measured`);
		const { right, wrong } = figure.bitsPerByte;
		expect(wrong / right - 1).toBeGreaterThan(damage.change);
		return { trigram: damage.change, model: wrong / right };
	});
	for (const by of ['trigram', 'model'] as const)
		expect(changes).toEqual(changes.toSorted((x, y) => x[by] - y[by]));
});
