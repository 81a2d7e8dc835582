/** Pictures for slides: an SVG as a PNG. */

/** Pixels a CSS px: a slide shows pictures larger than the page does. */
const SCALE = 2;

/** Colours of pictures, which are light whatever the page is: those of its light theme. */
export const INK = '#17171a';
export const DIM = '#5f5f68';
export const LINE = '#e2e2e0';
export const ACCENT = '#3b5bdb';

/**
 * Draws an SVG that stands for itself: width and height given, no style sheet or font of the page.
 * @throws Error where the browser cannot draw it
 */
export async function pngOf(svg: string): Promise<Blob> {
	const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
	try {
		const image = new Image();
		image.src = address;
		await image.decode();
		const canvas = document.createElement('canvas');
		canvas.width = image.naturalWidth * SCALE;
		canvas.height = image.naturalHeight * SCALE;
		canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
		const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
		if (!png) throw new Error('the picture is too large to be drawn');
		return png;
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		throw new Error(`The browser could not make a PNG (${why}). Take the SVG instead.`, {
			cause: error
		});
	} finally {
		URL.revokeObjectURL(address);
	}
}

/** Text as it stands in XML. */
export const escapeXml = (text: string): string =>
	text.replace(/[&<>"]/g, (character) => ENTITIES[character]);

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
