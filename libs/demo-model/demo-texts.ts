export const GREETING = `Hello! I am the **demo model**, and I live inside the gateway. I need no key, call nobody and cost nothing.

Ask me for a table, some code, a sum or a long story, and you will see how an answer streams in.`;

export const INTRODUCTION = `I am the **demo model** that is built into this gateway. I am not a language model: I follow a few simple rules. That makes me free, fast and always there, so you can try everything before you connect a real provider.

What I can do:

- answer word by word, so that you can watch a stream
- show **Markdown**: try "show me a table"
- write a code block: try "write a function in Python"
- work out sums: try "what is 12 * (3 + 4)?"
- echo or reverse what you say: try "reverse: gateway"
- tell a longer story, call a tool that you offer, and answer in JSON

Nothing that you write to me leaves this machine.`;

export const MARKDOWN = `# What Markdown looks like

A paragraph can hold **bold**, *italic*, ~~struck~~ and \`inline code\`, and [a link](https://example.com).

## A list

1. First, the request reaches the gateway.
2. Then the gateway chooses an upstream.
   - by an exact route
   - by a pattern
3. Last, the answer streams back.

## A table

| Model | Input | Output | Speed |
| :---- | ----: | -----: | :---- |
| demo | $0.00 | $0.00 | steady |
| small | $0.15 | $0.60 | fast |
| large | $2.50 | $10.00 | slower |

> Numbers in a table line up on the right; words on the left.

- [x] headings, lists and tables
- [ ] everything else`;

export const TABLE = `Here is a table:

| Planet | Moons | Day in hours | Year in days |
| :----- | ----: | -----------: | -----------: |
| Earth | 1 | 24 | 365 |
| Mars | 2 | 24.6 | 687 |
| Jupiter | 95 | 9.9 | 4,333 |
| Saturn | 146 | 10.7 | 10,759 |

Jupiter has the shortest day of the four, and Saturn the longest year.`;

export const LIST = `Here is a list:

1. **Collect** what you know.
2. **Sort** it by what matters most.
   - to you
   - to the reader
3. **Drop** half of it.
4. **Write** the rest down.`;

export const CODE: Readonly<Record<string, string>> = {
  python: `def fibonacci(count: int) -> list[int]:
    """The first \`count\` Fibonacci numbers."""
    numbers: list[int] = []
    current, following = 0, 1
    for _ in range(count):
        numbers.append(current)
        current, following = following, current + following
    return numbers


print(fibonacci(10))`,
  typescript: `/** The first \`count\` Fibonacci numbers. */
export function fibonacci(count: number): number[] {
  const numbers: number[] = [];
  let [current, following] = [0, 1];
  while (numbers.length < count) {
    numbers.push(current);
    [current, following] = [following, current + following];
  }
  return numbers;
}

console.log(fibonacci(10));`,
  javascript: `/** The first \`count\` Fibonacci numbers. */
export function fibonacci(count) {
  const numbers = [];
  let [current, following] = [0, 1];
  while (numbers.length < count) {
    numbers.push(current);
    [current, following] = [following, current + following];
  }
  return numbers;
}

console.log(fibonacci(10));`,
  go: `package main

import "fmt"

// fibonacci gives the first count Fibonacci numbers.
func fibonacci(count int) []int {
	numbers := make([]int, 0, count)
	current, following := 0, 1
	for len(numbers) < count {
		numbers = append(numbers, current)
		current, following = following, current+following
	}
	return numbers
}

func main() { fmt.Println(fibonacci(10)) }`,
  rust: `/// The first \`count\` Fibonacci numbers.
fn fibonacci(count: usize) -> Vec<u64> {
    let (mut current, mut following) = (0, 1);
    (0..count)
        .map(|_| {
            let number = current;
            (current, following) = (following, current + following);
            number
        })
        .collect()
}

fn main() {
    println!("{:?}", fibonacci(10));
}`,
  sql: `SELECT model, COUNT(*) AS requests, SUM(output_tokens) AS tokens
FROM requests
WHERE at >= DATE('now', '-7 days')
GROUP BY model
ORDER BY tokens DESC;`,
  bash: `#!/usr/bin/env bash
set -euo pipefail

for name in one two three; do
  printf '%s has %d letters\\n' "$name" "\${#name}"
done`,
};

export const STORY: readonly string[] = [
  'There was once a small lighthouse at the end of a long pier, and it was proud of one thing: it had never missed a night. Ships came from everywhere, heavy with tea, timber and news, and each of them steered by its light.',
  'The keeper was called Ada. She wrote every passing ship into a thick book: its name, where it came from, and how many lanterns it carried. "What is not written down," she used to say, "has not happened." The fishermen laughed about it, but whenever they argued about who had come home first, they went to look it up.',
  'One autumn the fog came and stayed. It lay on the water like wool on a table, and the light reached no further than the rail of the pier. On the first night two boats touched. On the second night a schooner sat on the sandbank until noon. On the third night Ada stopped looking at the light and began to listen.',
  'She heard bells, near and far, each with its own rhythm. So she took the spare bell from the store, hung it at the very end of the pier, and answered them one by one: a single stroke for "wait", two for "come", three for "turn back". She did not hurry anybody, and she let no two ships come at once.',
  'By midnight all of the harbour had understood. The ships stood in a row that nobody could see, and one after the other they came in. When a captain grew impatient and rang five times, she rang once: wait. When an old cutter had lost its way, she rang for it until it was found.',
  'In the morning the wind turned and took the fog away. Thirty-one ships lay in the harbour, not one of them scratched. The captains came up the stairs with bread and oranges and wanted to know how she had done it. Ada showed them the book. There they stood, all thirty-one, with the minute of their coming in, in a hand that did not shake.',
  'Since then there are a light and a bell at the end of the pier, and a book that anybody may read. The light says where the harbour is. The bell says when to come. And the book, said Ada, says that it is true.',
];
