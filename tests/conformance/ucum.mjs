// Converts with @lhncbc/ucum-lhc. stdin: an array of [value, from, to]; stdout: one line of JSON each, a number or null
// where the judge refuses.
import ucumPackage from '@lhncbc/ucum-lhc';
import { readInput, write } from './lines.mjs';

const judge = ucumPackage.UcumLhcUtils.getInstance();
for (const [value, from, to] of await readInput()) {
  const answer = judge.convertUnitTo(from, value, to);
  write(answer.status === 'succeeded' ? answer.toVal : null);
}
