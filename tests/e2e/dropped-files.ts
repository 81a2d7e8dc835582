import type { Locator, Page } from '@playwright/test';
import { byteLevel, tokenizerFile } from '../support/spec-parts';

export interface NamedBytes {
	readonly name: string;
	readonly content: string | readonly number[];
}

export const dropOn = (target: Locator, ...files: readonly NamedBytes[]) =>
	target.evaluate((element, dropped) => {
		const dataTransfer = new DataTransfer();
		for (const { name, content } of dropped) {
			const bytes = typeof content === 'string' ? content : Uint8Array.from(content);
			dataTransfer.items.add(new File([bytes], name));
		}
		for (const type of ['dragenter', 'dragover', 'drop'])
			element.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
	}, files);

/** Drops files on the window, outside any text field. */
export const drop = (page: Page, ...files: readonly NamedBytes[]) =>
	dropOn(page.locator('header').first(), ...files);

/** A file to choose in the browser's file dialog. */
export const chosenFile = (name: string, content: string | Uint8Array) => ({
	name,
	mimeType: 'application/octet-stream',
	buffer: Buffer.from(content)
});

/** Byte-level tokenizer.json with these token ids and with merges written as `a b`. */
export const byteLevelJson = (
	vocab: Readonly<Record<string, number>>,
	merges: readonly string[]
): string =>
	JSON.stringify(
		tokenizerFile({
			...{ pre_tokenizer: byteLevel(), decoder: byteLevel() },
			model: { type: 'BPE', vocab, merges }
		})
	);

/** Byte-level tokenizer with the letters a, b and c and with merges that produce `ab` and `abc` with the given ids. */
export const tokenizerJson = (abc = 4, ab = 3) =>
	byteLevelJson({ a: 0, b: 1, c: 2, ab, abc }, ['a b', 'ab c']);

/** Drops files and folders on the page, as a file manager would. */
export async function dropPaths(page: Page, ...paths: readonly string[]): Promise<void> {
	const session = await page.context().newCDPSession(page);
	const data = { items: [], files: [...paths], dragOperationsMask: 1 };
	for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
		await session.send('Input.dispatchDragEvent', { type, x: 400, y: 30, data });
	await session.detach();
}
