import { useParams } from "react-router-dom";
import { readOrganisation } from "../api/organisations";
import { useLoaded } from "./useLoaded";

export function useOrganisation() {
  const { organisationId = "" } = useParams();
  const { loaded } = useLoaded(() => readOrganisation(organisationId), [organisationId]);
  return { organisationId, currency: loaded.state === "loaded" ? loaded.value.currency : "EUR", loaded };
}
