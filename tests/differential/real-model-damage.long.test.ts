/**
 * Compares the table of damage to a real model with its record (tests/real-model/figures.json, written by measure.py) and
 * with the lab: the lab's edits give the same ids, and the trigram the same figures.
 */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
	joinDocuments,
	splitDocuments,
	type CorpusDocument
} from '../../src/lib/drift/damage/documents';
import {
	REAL_MODEL_DAMAGE,
	type RealModelFigure
} from '../../src/lib/features/drift/damage/real-model-damage';
import { runToEnd } from '../../src/lib/drift/calls';
import { holdOut } from '../../src/lib/drift/damage/hold-out';
import { measureDamage } from '../../src/lib/drift/damage/measure';
import { applyEdits } from '../../src/lib/drift/edits/apply';
import { createTokenizer } from '../../src/lib/engine';
import { decodeUtf8, encodeUtf8 } from '../../src/lib/engine/text/utf8';
import { EngineRuntime } from '../../src/lib/tokenizers/runtimes/engine';
import { PACKED_CORPORA } from '../../src/tools/corpora/corpora';
import { packedLab, packedSpec } from '../support/packed-tokenizers';
import record from '../real-model/figures.json';
import { texts } from '../real-model/texts.json';

type Kind = RealModelFigure['kind'];

const textsOf = (kind: Kind) => texts.filter((text) => text.kind === kind).map(({ text }) => text);

/** A profile as a page, with its name as the heading and a list item per sentence. */
function asHtml({ name, text }: CorpusDocument): CorpusDocument {
	const items = text
		.trimEnd()
		.split('\n')
		.flatMap((line) => line.split(/(?<=[.;]) (?=[A-Za-z])/));
	const list = items.map((item) => `<li>${item}</li>\n`).join('');
	return { name, text: `<h1>${name}</h1>\n<ul>\n${list}</ul>\n` };
}

/** Texts that the trigram is trained on. None is like the page. */
const CORPORA: Readonly<Record<Exclude<Kind, 'HTML page'>, () => string>> = {
	prose: PACKED_CORPORA.factbook,
	code: PACKED_CORPORA.code,
	'HTML list': () => joinDocuments(splitDocuments(PACKED_CORPORA.factbook(), '').map(asHtml))
};

const documentsOf = (kind: keyof typeof CORPORA) =>
	splitDocuments(CORPORA[kind](), kind).map(({ name, text }) => ({ name, text: encodeUtf8(text) }));

/** As measure.py writes it: JSON with a space after each comma. */
function idsSha256(texts: readonly Uint32Array[]): string {
	const json = `[${texts.map((ids) => `[${ids.join(', ')}]`).join(', ')}]`;
	return createHash('sha256').update(json).digest('hex');
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

it('has exactly the figures of the record', () => {
	const shown = REAL_MODEL_DAMAGE.flatMap(({ id, figures }) =>
		figures.map(({ kind, tokens, bitsPerByte }) => ({ drift: id, kind, tokens, bitsPerByte }))
	);
	const recorded = record.figures.map(({ drift, kind, tokens, bitsPerByte }) => ({
		drift,
		kind,
		tokens,
		bitsPerByte
	}));
	expect(shown).toEqual(recorded);
});

it.each(['prose', 'code', 'HTML list'] as const)(
	'scores %s that the trigram has not seen',
	(kind) => {
		const { heldOut } = holdOut(documentsOf(kind));
		for (const text of textsOf(kind)) {
			expect(heldOut.some((part) => decodeUtf8(part.utf8).includes(text))).toBe(true);
		}
	}
);

describe.each(REAL_MODEL_DAMAGE)('$id', ({ id, edits, figures }) => {
	const a = packedLab('gemma3');
	const b = new EngineRuntime(createTokenizer(applyEdits(packedSpec('gemma3'), edits)));

	it.each(figures)('has the ids of the lab’s edits on $kind', ({ kind, tokens }) => {
		const served = textsOf(kind).map((text) => b.encode(text).ids);
		const expected = textsOf(kind).map((text) => a.encode(text).ids.length);
		expect(tokens).toEqual({
			right: sum(expected),
			wrong: sum(served.map(({ length }) => length))
		});
		const recorded = record.figures.find((figure) => figure.drift === id && figure.kind === kind);
		expect(idsSha256(served)).toBe(recorded?.idsSha256);
	});

	it.each(figures)('has the trigram’s damage on $kind', ({ kind, trigramChange }) => {
		if (kind === 'HTML page') {
			expect(trigramChange).toBeNull();
			return;
		}
		const rows = a.tokenizer.vocabularySize;
		const damage = runToEnd(measureDamage({ a, b, rows, documents: documentsOf(kind) }));
		expect(damage.outcome === 'measured' && damage.change).toBeCloseTo(trigramChange ?? NaN, 4);
	});
});
