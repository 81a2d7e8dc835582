import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Starts a server on the loopback interface. @returns its port, and a function that closes the server and all
 * connections
 */
export async function listen(
	server: Pick<Server, 'address' | 'close' | 'closeAllConnections' | 'listen'>
) {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const close = () =>
		new Promise((resolve) => {
			server.closeAllConnections();
			server.close(resolve);
		});
	return { port, close };
}

export async function freePort(): Promise<number> {
	const { port, close } = await listen(createServer());
	await close();
	return port;
}
