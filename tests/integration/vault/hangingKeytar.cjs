// Loaded before the keychain's process: puts a keytar there that blocks a thread for as long as the test wants, as one that
// waits for its user does. What `get` answers is what the test writes into the pipe SLOW_PIPE.
const fs = require('node:fs');
const Module = require('node:module');

const load = Module._load;
Module._load = function (name, ...rest) {
  if (name !== 'keytar') return load.call(this, name, ...rest);
  return {
    getPassword: async (_service, ref) => {
      if (ref === 'crash') process.abort();
      if (ref !== 'slow') return `quick ${ref}`;
      const file = await fs.promises.open(process.env.SLOW_PIPE, 'r');
      const text = await file.readFile('utf8');
      await file.close();
      return text;
    },
    setPassword: async () => {
      throw new Error(process.env.KEYTAR_ERROR);
    },
    deletePassword: async () => true,
  };
};
