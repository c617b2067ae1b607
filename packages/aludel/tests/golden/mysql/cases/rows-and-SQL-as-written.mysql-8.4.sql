INSERT INTO `user` (`id`, `name`, `active`) VALUES
  (1, _utf8mb4 X'69742773205c', DEFAULT),
  (2, DEFAULT, TRUE);
UPDATE `user` SET name = ? WHERE id > ?; -- ["x",1]
UPDATE user SET name = '; -- ?';
SELECT 1;
SELECT 2;
CREATE TRIGGER t BEFORE INSERT ON user FOR EACH ROW BEGIN SET NEW.id = 1; SET NEW.name = 2; END;
