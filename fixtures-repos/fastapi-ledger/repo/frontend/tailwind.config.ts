import type { Config } from "tailwindcss";

export default {
  content: ["./index.html", "./src/**/*.{ts,tsx}"],
  theme: {
    extend: {
      colors: { ink: "#1d2733", paper: "#faf8f4", debit: "#1f6f54", credit: "#9b3226", rule: "#ddd6c8" },
      fontFamily: { figures: ["'IBM Plex Mono'", "monospace"] },
    },
  },
  plugins: [],
} satisfies Config;
