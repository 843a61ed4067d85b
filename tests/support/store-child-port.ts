/** Gives a child process of plain Node the port that Electron gives a utilityProcess. */
if (process.send) {
  const send = process.send.bind(process);
  Object.assign(process, {
    parentPort: {
      postMessage: (message: unknown) => send(message),
      on: (_event: 'message', run: (event: { data: unknown }) => void) =>
        process.on('message', (data) => {
          run({ data });
        }),
    },
  });
}
