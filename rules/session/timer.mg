# Time, for rules that have to wait. No clock ticks in the rules: they say until when, and are told.
#
# Fills no stage.

Decl timer(Key, Deadline)
  descr [
    doc("The session is to say when Deadline, in ms since the epoch, has passed."),
    output()]
  bound [/string, /number].

Decl expired(Key, Deadline)
  descr [
    doc("Deadline has passed for the timer of that Key and Deadline; the fact goes when the timer",
      "does."),
    extensional()]
  bound [/string, /number].

Decl given(Name, Value)
  descr [
    doc("What the daemon itself knows: ovn-controller's \"chassis\" of the command line, \"hostname\",",
      "\"override\" (the text of the file system-id-override), \"rundir\" (where Open vSwitch has its",
      "sockets), \"now\" (when it started, in ms since the epoch), \"nb_cfg_delay\" (by how many seconds",
      "a user wants the report of nb_cfg put off). What it does not know is left out."),
    extensional()]
  bound [/string, /string].
