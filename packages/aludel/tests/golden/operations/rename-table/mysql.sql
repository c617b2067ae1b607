-- there
ALTER TABLE `user` RENAME TO `person`;
ALTER TABLE `post` RENAME TO `order`;

-- and back
ALTER TABLE `order` RENAME TO `post`;
ALTER TABLE `person` RENAME TO `user`;
