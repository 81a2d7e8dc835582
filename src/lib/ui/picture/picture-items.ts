import type { Copying } from '../../session/copying.svelte';
import { downloadFile } from '../../session/download-file';
import { reasonOf } from '../../session/format';
import { pngOf } from '../../session/picture';

/**
 * Entries of a `Menu` that hand out a picture.
 * @param name of the file, without its ending
 * @param svg draws it
 */
export const pictureItems = (name: string, svg: () => string, copying: Copying) => [
	{
		name: 'Picture as SVG',
		note: 'For slides and papers',
		onchoose: () => downloadFile(`${name}.svg`, 'image/svg+xml', svg())
	},
	{
		name: 'Picture as PNG',
		onchoose: () =>
			void pngOf(svg()).then(
				(png) => downloadFile(`${name}.png`, 'image/png', png),
				(error: unknown) => copying.report(reasonOf(error))
			)
	},
	{
		name: 'Copy picture',
		onchoose: () =>
			void copying.copyPicture(pngOf(svg()), 'Copied the picture.', 'Save it as PNG instead.')
	}
];
