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

/** Text as it stands in XML; � for what XML cannot hold in any spelling, such as control characters. */
export const escapeXml = (text: string): string =>
	text
		.toWellFormed()
		.replace(NOT_XML, '\ufffd')
		.replace(/[&<>"]/g, (character) => ENTITIES[character]);

/** All but the characters of XML 1.0. */
const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
