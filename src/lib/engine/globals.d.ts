/**
 * Declares the host objects that the engine uses beyond ECMAScript. Browsers, workers and Node have them. Only
 * this folder's tsconfig reads this file, because other projects have the DOM's declarations.
 */

declare function atob(base64: string): string;
declare function btoa(binary: string): string;

declare class TextEncoder {
	encode(text?: string): Uint8Array<ArrayBuffer>;
	encodeInto(text: string, target: Uint8Array): { read: number; written: number };
}

declare class TextDecoder {
	constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
	decode(bytes?: ArrayBuffer | ArrayBufferView, options?: { stream?: boolean }): string;
}
