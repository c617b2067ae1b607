-- there
ALTER TABLE `user` RENAME COLUMN `age` TO `Years`;
ALTER TABLE `user` RENAME COLUMN `id` TO `number`;

-- and back
ALTER TABLE `user` RENAME COLUMN `number` TO `id`;
ALTER TABLE `user` RENAME COLUMN `Years` TO `age`;
