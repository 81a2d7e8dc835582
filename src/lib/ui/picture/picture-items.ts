import type { Copying } from '../../session/copying.svelte';
import { downloadFile } from '../../session/download-file';
import { reasonOf } from '../../session/format';
import { pngOf } from '../../session/picture';

interface PictureOptions {
	/** Line below the first entry. */
	readonly note?: string;
	/** PNG pixels per CSS pixel. */
	readonly scale?: number;
}

/**
 * Entries of a `Menu` that hand out a picture.
 * @param name of the file, without its ending
 * @param svg draws it
 */
export const pictureItems = (
	name: string,
	svg: () => string,
	copying: Copying,
	{ note, scale }: PictureOptions = {}
) => [
	{
		name: 'Picture as PNG',
		note,
		onchoose: () =>
			void pngOf(svg(), scale).then(
				(png) => downloadFile(`${name}.png`, 'image/png', png),
				(error: unknown) => copying.report(reasonOf(error))
			)
	},
	{
		name: 'Picture as SVG',
		onchoose: () => downloadFile(`${name}.svg`, 'image/svg+xml', svg())
	},
	{
		name: 'Copy picture',
		onchoose: () =>
			void copying.copyPicture(
				pngOf(svg(), scale),
				'Copied the picture.',
				'Save it as PNG instead.'
			)
	},
	{
		name: 'Copy SVG code',
		onchoose: () => void copying.copy(svg(), 'Copied the SVG as text.', 'Save it as SVG instead.')
	}
];
