-- there
GRANT SELECT, INSERT ON TABLE "person" TO "reader", PUBLIC, CURRENT_USER;
GRANT SELECT, UPDATE ("id", "no""te`") ON TABLE "person" TO "it's@%" WITH GRANT OPTION;
GRANT ALL ON SEQUENCE "numbers" TO "back\slash; --";
GRANT CREATE ON SCHEMA "app_1" TO "maker";
GRANT EXECUTE ON ROUTINE "shout" TO "maker";
GRANT EXECUTE ON ROUTINE "app"."f"(integer, text) TO "maker";
REVOKE INSERT ON TABLE "person" FROM "reader";
REVOKE GRANT OPTION FOR SELECT ON TABLE "person" FROM "reader";
REVOKE SELECT ON TABLE "person" FROM "reader";

-- and back
GRANT SELECT ON TABLE "person" TO "reader";
GRANT INSERT ON TABLE "person" TO "reader";
REVOKE EXECUTE ON ROUTINE "app"."f"(integer, text) FROM "maker";
REVOKE EXECUTE ON ROUTINE "shout" FROM "maker";
REVOKE CREATE ON SCHEMA "app_1" FROM "maker";
REVOKE ALL ON SEQUENCE "numbers" FROM "back\slash; --";
REVOKE SELECT, UPDATE ("id", "no""te`") ON TABLE "person" FROM "it's@%";
REVOKE SELECT, INSERT ON TABLE "person" FROM "reader", PUBLIC, CURRENT_USER;
