// stdin as one JSON value, stdout as one line of JSON for each result.
export async function readInput() {
  let text = '';
  for await (const part of process.stdin.setEncoding('utf8')) {
    text += part;
  }
  return JSON.parse(text);
}

export const write = value => process.stdout.write(JSON.stringify(value) + '\n');
