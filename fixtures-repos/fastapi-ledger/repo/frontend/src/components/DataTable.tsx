import type { ReactNode } from "react";

export interface Column<T> {
  title: string;
  cell: (row: T) => ReactNode;
  figures?: boolean;
}

export function DataTable<T extends { id: string }>({ rows, columns }: { rows: T[]; columns: Column<T>[] }) {
  return (
    <table className="card w-full border-collapse text-sm">
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.title} className={column.figures ? "p-2 text-right" : "p-2 text-left"}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className="border-t border-rule">
            {columns.map((column) => (
              <td key={column.title} className={column.figures ? "figures p-2" : "p-2"}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
