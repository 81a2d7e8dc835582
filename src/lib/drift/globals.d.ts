/**
 * Declares host globals that the drift library uses besides the engine's. Only `tsconfig.libraries.json` reads this
 * file.
 */

declare const crypto:
	| { readonly subtle?: { digest(algorithm: string, data: ArrayBufferView): Promise<ArrayBuffer> } }
	| undefined;

declare function btoa(data: string): string;
