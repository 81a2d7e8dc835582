/** The diff that survives a change of page. */
import { FIRST_DIFF } from './first-diff';
import { encodeUtf8 } from '../../../engine/text/utf8';
import { compare, ownTokenizers, tokenizerPool } from '../../../session/lab.svelte';
import { DAMAGE_NOTES } from '../damage/damage-notes';
import { damageQuestions, damageTexts } from '../damage/damage-texts';
import { DamageState } from '../damage/damage.svelte';
import { DiffText } from './diff-text.svelte';
import { DiffState } from './diff.svelte';
import { DiffDocuments } from './documents.svelte';
import { Outlines } from './outlines.svelte';
import { OwnCorpus } from '../damage/own-corpus.svelte';

const { sides, text, report, findings, drawn } = FIRST_DIFF;

export const documents = new DiffDocuments(() => compare);
export const damage = new DamageState(tokenizerPool, DAMAGE_NOTES);
/** What the user gives to measure damage on. */
export const ownCorpus = new OwnCorpus();
export const diffText = new DiffText(tokenizerPool, {
	sides,
	document: { name: documents.all[0].name, text: encodeUtf8(text) },
	drawn,
	findings
});
export const outlines = new Outlines(tokenizerPool);
export const diff: DiffState = new DiffState(
	tokenizerPool,
	() => ({
		text: diff.compared && diffText.findingsOf(diff.compared),
		damage:
			diff.compared &&
			damage.findingsOf(
				damageQuestions(
					{ sides: diff.compared, rows: diff.rows },
					damageTexts(documents, ownCorpus)
				)
			)
	}),
	{ sides, report }
);
ownTokenizers.beforeRemoving((id) => {
	for (const side of ['a', 'b'] as const)
		if (diff.sides[side].tokenizer === id) diff.setSide(side, sides[side]);
});

/** What a plain address shows. */
export const FIRST_ADDRESS = { sides, rows: null, text };
