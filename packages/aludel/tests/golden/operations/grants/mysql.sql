-- there
GRANT SELECT, INSERT ON `person` TO `reader`, PUBLIC, CURRENT_USER;
GRANT SELECT, UPDATE (`id`, `no"te```) ON `person` TO `it's`@`%` WITH GRANT OPTION;
GRANT ALL ON `numbers` TO `back\slash; --`;
GRANT CREATE ON `app\_1`.* TO `maker`;
GRANT EXECUTE ON FUNCTION `shout` TO `maker`;
REVOKE INSERT ON `person` FROM `reader`;
REVOKE GRANT OPTION ON `person` FROM `reader`;
REVOKE SELECT, GRANT OPTION ON `person` FROM `reader`;

-- and back
GRANT SELECT ON `person` TO `reader`;
GRANT INSERT ON `person` TO `reader`;
REVOKE EXECUTE ON FUNCTION `shout` FROM `maker`;
REVOKE CREATE ON `app\_1`.* FROM `maker`;
REVOKE ALL ON `numbers` FROM `back\slash; --`;
REVOKE SELECT, UPDATE (`id`, `no"te```), GRANT OPTION ON `person` FROM `it's`@`%`;
REVOKE SELECT, INSERT ON `person` FROM `reader`, PUBLIC, CURRENT_USER;
