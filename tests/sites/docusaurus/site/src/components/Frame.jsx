export default function Frame({ count }) {
  return <span>{"▤".repeat(count)}</span>;
}
