import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiError, buildPath, http } from "./client";

afterEach(() => vi.unstubAllGlobals());

describe("buildPath", () => {
  it("leaves out empty values", () => {
    expect(buildPath("/x", { a: 1, b: null, c: "", d: undefined })).toBe("/api/v1/x?a=1");
  });
});

describe("http", () => {
  it("throws the problem of a failed request", async () => {
    const problem = { code: "name_taken", title: "Taken.", pointer: "/name", context: {} };
    vi.stubGlobal("fetch", async () => Response.json({ problem }, { status: 409 }));
    await expect(http.post("/x")).rejects.toEqual(new ApiError(409, problem));
  });
});
