/** Opens and saves session files. Loaded on first use. */
import { haveSameBytes } from '../engine/text';
import type { Announcement } from '../session/announcement.svelte';
import { downloadFile } from '../session/download-file';
import type { SavedTokenizers } from '../session/tokenizers/saved-tokenizers.svelte';
import { writeSession, type Session } from '../session/session-file';
import { MAX_TEXT_FILE_BYTES, readTextFile } from '../session/text-file';
import { describeLeftOut } from './messages';
import type { Sessions } from './sessions';

/**
 * Saves a session's tokenizers in this browser and shows its page.
 * @returns a function that goes back and deletes the tokenizers that this call saved
 */
export async function openSession(
	session: Session,
	sessions: Sessions,
	savedTokenizers: SavedTokenizers
): Promise<() => Promise<void>> {
	const back = sessions.remember();
	const added: string[] = [];
	await savedTokenizers.load();
	let { search } = session;
	for (const tokenizer of session.tokenizers) {
		const known = savedTokenizers.find(tokenizer.id);
		if (known && haveSameBytes(known.file, tokenizer.file)) continue;
		const { id } = await savedTokenizers.save(tokenizer);
		added.push(id);
		search = search.replaceAll(tokenizer.id, id);
	}
	const files =
		session.files?.map(({ name, text, type }) => new File([text], name, { type })) ?? null;
	await sessions.restore({ ...session, search, files });
	return async () => {
		for (const id of added) await savedTokenizers.remove(id);
		await back();
	};
}

/** Saves the current page as a session file, and reports what the file leaves out. Does nothing if no page is shown. */
export async function saveShown(sessions: Sessions, announcement: Announcement): Promise<void> {
	const captured = sessions.capture();
	if (!captured) return;
	const { page, search } = captured;
	const files = captured.files ?? [];
	const bytes = files.reduce((sum, { size }) => sum + size, 0);
	// A session file can't contain more text than a page accepts from a single file.
	const isTooLarge = bytes > MAX_TEXT_FILE_BYTES;
	const texts = isTooLarge ? [] : await Promise.all(files.map((file) => readTextFile(file)));
	const written = writeSession({
		...captured,
		tokenizers: sessions.tokenizersIn(search),
		files:
			texts.length > 0
				? texts.map(({ name, text }, i) => ({ name, text, type: files[i].type }))
				: null
	});
	const name = page.replace('drift/', '') || 'compare';
	downloadFile(`${name}.bpelab.json`, 'application/json', written);
	if (isTooLarge) announcement.show(describeLeftOut(bytes, MAX_TEXT_FILE_BYTES));
}
