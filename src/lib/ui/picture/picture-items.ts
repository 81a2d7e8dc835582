import type { Copying } from '../../session/copying.svelte';
import { downloadFile } from '../../session/download-file';
import { reasonOf } from '../../session/format';
import { PART_NOT_LOADED } from '../messages';

/**
 * Entries of a `Menu` that copy or download a picture.
 * @param name file name without the extension
 * @param svg draws the current state when called; may load code first
 * @param note line below the first entry
 */
export const pictureItems = (
	name: string,
	svg: () => Promise<string>,
	copying: Copying,
	note?: string
) => {
	const save = (kind: 'png' | 'svg', type: string, content: Promise<string | Blob>) =>
		void content.then(
			(done) => downloadFile(`${name}.${kind}`, type, done),
			(error: unknown) => copying.report(reasonOf(error))
		);
	const fail = (cause: unknown): never => {
		throw new Error(PART_NOT_LOADED, { cause });
	};
	const drawn = () => svg().catch(fail);
	const png = async () => {
		const { pngOf } = await import('../../session/picture').catch(fail);
		return pngOf(await drawn());
	};
	return [
		{ name: 'Picture as PNG', note, onchoose: () => save('png', 'image/png', png()) },
		{ name: 'Picture as SVG', onchoose: () => save('svg', 'image/svg+xml', drawn()) },
		{
			name: 'Copy picture',
			onchoose: () =>
				void copying.copyPicture(png(), 'Copied the picture.', 'Export it as PNG instead.')
		},
		{
			name: 'Copy SVG code',
			onchoose: () =>
				void copying.copy(drawn(), 'Copied the SVG code.', 'Export it as SVG instead.')
		}
	];
};
