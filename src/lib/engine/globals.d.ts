/**
 * The only things the engine takes from its host, beyond ECMAScript: browsers, workers and Node all
 * have them. Read by this folder's tsconfig alone; elsewhere the DOM's own declarations hold.
 */

declare class TextEncoder {
	encode(text?: string): Uint8Array<ArrayBuffer>;
	encodeInto(text: string, target: Uint8Array): { read: number; written: number };
}

declare class TextDecoder {
	constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
	decode(bytes?: ArrayBuffer | ArrayBufferView, options?: { stream?: boolean }): string;
}
