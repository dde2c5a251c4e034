# Signing in, the first minutes of an installation, one's own account, the list of offices.
sign-in = Sign in
sign-in-for-whom = For officers, coordinators and heads of department.
sign-in-login = User name
sign-in-password = Password
sign-in-stay = You stay signed in on this device for 30 days.
sign-in-wrong = User name and password do not match. Check both, then try again.
sign-in-cannot = Cannot sign in?
sign-in-ask-admin = Ask your office's coordinator or admin to reset your password.
sign-in-warning = Civil-registry staff never ask for a password or an activation code by telephone.
set-up = Set up Jemput Bola
set-up-lead = Nobody can sign in yet. Make the first office and its admin.
set-up-code = Set-up code
set-up-code-hint = Shown on the server's screen when the service starts, such as ABCD-EFGH-JKLM.
set-up-office = Code of the regency or city
set-up-office-hint = The ministry's region code, such as 33.03 for Purbalingga.
set-up-office-name = Name of the office
set-up-office-name-hint = May be left empty: Dinas Dukcapil and the region's name.
set-up-name = Your name
set-up-login-hint = To sign in with; need not be an e-mail address.
password-hint = At least 10 characters.
set-up-do = Make office and admin
done-set-up = Office and admin have been made. Sign in with that user name and password.
offices = Offices
office = Office
offices-none = No office yet
offices-none-hint = Add the first office of a regency or city.
offices-caption = The offices within your scope
office-week = Activations this week
office-unreported = Not reported
office-last = Last activity
office-never = none yet
office-add = Add an office
done-office-added = { $office } has been added.
sign-in-too-many = Too many attempts to sign in. Try again in { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}.
offices-sum = { $offices } offices: { $activated ->
    [one] { $activated } activation
   *[other] { $activated } activations
} this week, { $unreported ->
    [one] { $unreported } event
   *[other] { $unreported } events
} not reported.
offices-order = The furthest from its target comes first.
