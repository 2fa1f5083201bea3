/** @type {import('tailwindcss').Config} */
export default {
  content: ['./index.html', './src/**/*.{ts,vue}'],
  theme: {
    extend: {
      colors: {
        paper: '#f7f6f2',
        ink: '#22252b',
        quay: {
          50: '#eef5f4',
          100: '#d5e6e4',
          500: '#2f7d78',
          600: '#256661',
          700: '#1d514d',
        },
      },
      fontFamily: {
        sans: ['"Source Sans 3"', 'system-ui', 'sans-serif'],
      },
      maxWidth: {
        page: '68rem',
      },
    },
  },
  plugins: [],
}
