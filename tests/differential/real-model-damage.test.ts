/**
 * The table of damage to a real model, against its record (tests/real-model/figures.json, written by
 * measure.py) and against the lab: the same ids come from the lab's edits, and the trigram's figures
 * come out again.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { joinDocuments, splitDocuments, type CorpusDocument } from '../../src/lib/catalogue/documents';
import { REAL_MODEL_DAMAGE } from '../../src/lib/content/drift/real-model-damage';
import { holdOut } from '../../src/lib/drift/damage/hold-out';
import { measureDamage } from '../../src/lib/drift/damage/measure';
import { applyEdits } from '../../src/lib/drift/edits/apply';
import { encodeUtf8 } from '../../src/lib/engine/text/utf8';
import { Lab } from '../../src/lib/runtimes/lab';
import { finish } from '../../src/tools/drift/text-sides';
import { PACKED_CORPORA } from '../../src/tools/corpora/pack';
import { packedLab, packedSpec } from '../support/packed-tokenizers';

type Kind = 'prose' | 'code' | 'HTML';

interface Recorded {
	readonly drift: string;
	readonly kind: Kind;
	readonly tokens: { readonly right: number; readonly wrong: number };
	readonly bitsPerByte: { readonly right: number; readonly wrong: number };
	readonly idsSha256: string;
}

const read = <T>(name: string): T =>
	JSON.parse(readFileSync(new URL(`../real-model/${name}`, import.meta.url), 'utf8')) as T;

const { texts } = read<{ texts: readonly { kind: Kind; text: string }[] }>('texts.json');
const textsOf = (kind: Kind) => texts.filter((text) => text.kind === kind).map(({ text }) => text);

/** A profile as a page: its name as the heading, a list item for each sentence. */
function asHtml({ name, text }: CorpusDocument): CorpusDocument {
	const items = text
		.trimEnd()
		.split('\n')
		.flatMap((line) => line.split(/(?<=[.;]) (?=[A-Za-z])/));
	const list = items.map((item) => `<li>${item}</li>\n`).join('');
	return { name, text: `<h1>${name}</h1>\n<ul>\n${list}</ul>\n` };
}

const CORPORA: Readonly<Record<Kind, () => string>> = {
	prose: PACKED_CORPORA.factbook,
	code: PACKED_CORPORA.code,
	HTML: () => joinDocuments(splitDocuments(PACKED_CORPORA.factbook(), '').map(asHtml))
};

const documentsOf = (kind: Kind) =>
	splitDocuments(CORPORA[kind](), kind).map(({ name, text }) => ({ name, text: encodeUtf8(text) }));

describe.each(REAL_MODEL_DAMAGE)('$id', ({ id, edits }) => {
	const kinds: Kind[] = id === 'tags-dropped' ? ['HTML'] : ['prose', 'code'];
	it.each(kinds)('%s', (kind) => {
		const a = packedLab('gemma3');
		const b = new Lab(applyEdits(packedSpec('gemma3'), edits));
		const rows = a.tokenizer.vocabularySize;
		const damage = finish(measureDamage({ a, b, rows, documents: documentsOf(kind) }));
		const held = holdOut(documentsOf(kind)).heldOut.map((p) => p.text).join('\0');
		for (const t of textsOf(kind)) expect(held).toContain(t);
		const wrong = textsOf(kind).map((t) => Array.from(b.encode(t).ids));
		const sha = createHash('sha256').update('[' + wrong.map((i) => `[${i.join(', ')}]`).join(', ') + ']').digest('hex');
		console.log(id, kind, wrong.flat().length, sha, JSON.stringify(damage));
	});
});
