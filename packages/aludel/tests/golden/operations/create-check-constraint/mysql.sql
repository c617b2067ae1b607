-- there
ALTER TABLE `user` ADD CONSTRAINT `ck_age` CHECK (`age` >= 18);
ALTER TABLE `user` ADD CONSTRAINT `ck_status` CHECK (status <> 'it''s');

-- and back
ALTER TABLE `user` DROP CONSTRAINT `ck_status`;
ALTER TABLE `user` DROP CONSTRAINT `ck_age`;
