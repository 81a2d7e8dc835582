import { reasonOf } from './format';

/** PNG pixels per CSS pixel. Slides show pictures at a larger size than the page does. */
const SCALE = 2;

/** Colours in exported pictures, which always use the light theme. */
export const INK = '#17171a';
export const DIM = '#5f5f68';
export const LINE = '#e2e2e0';
export const ACCENT = '#3b5bdb';

/**
 * Renders an SVG as a PNG.
 * @param svg must have a width and a height, and can't use the page's style sheets or fonts
 * @throws Error with a message for users, if the browser can't draw it
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
		if (!png) throw new Error('the picture is too large to draw');
		return png;
	} catch (error) {
		throw new Error(
			`The browser could not make a PNG (${reasonOf(error)}). Export it as SVG instead.`,
			{ cause: error }
		);
	} finally {
		URL.revokeObjectURL(address);
	}
}

/**
 * Escapes text for XML. Replaces characters that XML can't represent with U+FFFD, and also those that would reorder the
 * neighbouring text: bidirectional embeddings, overrides and unclosed isolates.
 */
export function escapeXml(text: string): string {
	const wellFormed = text.toWellFormed().replace(NOT_IN_PICTURES, '\ufffd');
	return (hasClosedIsolates(text) ? wellFormed : wellFormed.replace(ISOLATES, '\ufffd')).replace(
		/[&<>"]/g,
		(character) => ENTITIES[character]
	);
}

/** Characters that XML 1.0 forbids or discourages, and the bidirectional embeddings and overrides. */
const NOT_IN_PICTURES =
	/[^\t\n\r\u{20}-\u{7e}\u{a0}-\u{2029}\u{202f}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
const ISOLATES = /[\u2066-\u2069]/g;

function hasClosedIsolates(text: string): boolean {
	let open = 0;
	for (const [character] of text.matchAll(ISOLATES)) {
		open += character === '\u2069' ? -1 : 1;
		if (open < 0) return false;
	}
	return open === 0;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
