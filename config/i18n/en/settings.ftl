# Messages for those who set the program up: settings and database.

setting-file = The settings file cannot be read. Check its place and its form (TOML), then try again. { $told }
setting-unknown = { $key }: there is no such setting. Check its spelling; all keys are in config/default.toml.
setting-wrong-type = { $key }: the value cannot be read. See the example in config/default.toml. { $told }
setting-plain-url = { $key }: this address cannot be used. Write http(s)://NAME[:PORT] without a path.
setting-mail-url = { $key }: this address cannot be used. Write smtp://SERVER[:PORT], smtp://SERVER[:PORT]?tls=required, smtps://SERVER[:PORT] or file:FOLDER; empty means that letters wait.
setting-password-in-clear = { $key }: the password would travel unencrypted through the network. Use smtps:// or add ?tls=required.
setting-sender = { $key }: this sender cannot be read. Write NAME <ADDRESS>, such as Jemput Bola <jemputbola@dukcapil.example>.
setting-ca-file-unreadable = mail.ca_file: the file { $path } cannot be read. Check its place and who may read it, or leave the setting empty. { $told }
setting-ca-file-empty = mail.ca_file: no readable PEM certificate in { $path }. It must begin with -----BEGIN CERTIFICATE-----.
setting-tls = mail.url: TLS cannot be set up. { $told }
setting-one-of = { $key }: there is no such choice. Choose one of: { $allowed }
setting-between = { $key }: out of range. Use { $min } to { $max }.
setting-at-least = { $key }: too small. Use { $min } or more.
cli-store = The database or its file cannot be used.
cli-not-found = Not found. Check the code or name; a new office is added by: jemputbola office add CODE
cli-not-migrated = This database does not fit the program yet. First run: jemputbola migrate
cli-address = This database address cannot be used. Write sqlite://FILE or postgres://…
disk-not-found = there is no such file or folder.
disk-exists = this file is there already. Choose another name.
disk-forbidden = this account of the computer may not open or write it.
disk-folder = this is a folder, no file.
disk-no-folder = a part of the path is no folder.
disk-full = there is no space left.
disk-other = the computer answers: { $told }
