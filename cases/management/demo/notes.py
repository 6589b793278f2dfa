"""What staff wrote in the log: short, plain, and about nobody."""

ATTENDED = (
    "Discussed the week. Budgeting is the main worry; food bank voucher given.",
    "Arrived on time. Talked through triggers and what helped since the last appointment.",
    "Work on consequences: exercise two done, homework agreed. Next appointment given in writing.",
    "Said that sleep is poor. Has a GP appointment. Nothing raised about risk.",
    "Talked about the offence and who was harmed by it. Some minimising, less than before.",
    "Looked for work together and updated the CV. Referred to the employment worker.",
    "Reports no drinking since Sunday. Diary reviewed; a plan for the weekend agreed.",
    "Housing: the council has asked for proof of income. Letter written while they waited.",
    "Went through the plan. Two of five objectives are under way.",
    "Short appointment at their request because of a shift. No change reported at home.",
    "Asked about relationships: says single. To be checked at the next home visit.",
    "Explained the rules again and got them signed. Telephone number confirmed.",
    "Positive about the course. Tutor confirms full attendance.",
    "Talked about peers and staying away from the estate. Agreed where not to go.",
    "",
    "",
    "",
)
TELEPHONE = (
    "Rang as agreed. At work; nothing to report.",
    "Rang to say they are running late. Seen by the duty officer.",
    "Asked to move Thursday's appointment because of a shift. Moved.",
    "No answer. Message not left because the telephone is shared.",
    "",
)
ABSENT = (
    "Did not attend. No call. Rang once, no answer. Letter requested.",
    "Did not attend and has not been in touch.",
    "Did not attend. Says the bus did not run; asked for proof.",
)
EXCUSED = (
    "Sick note seen.",
    "Called beforehand. Evidence to be brought next time.",
    "Employer confirmed the shift.",
    "Child unwell; school confirmed.",
)
HOME_VISITS = (
    "Seen at home. Tidy, one bedroom. Nobody else present; no sign of anybody else living there.",
    "Home visit. Partner present and spoken to alone. No concern raised.",
    "No answer at the door. Card left in an envelope.",
)
OVERSIGHT = (
    "Case discussed in supervision. Checks with the police to be sent this week.",
    "Case discussed. Agree with the level of contact. Bring the plan back when the programme starts.",
    "Discussed. Check with children's services outstanding: officer to chase.",
    "Discussed. Nothing further.",
)
PRISON = (
    "Video link with the person and the resettlement worker. Accommodation on release not yet settled.",
    "Visit. Talked about who they will live with and what must be in place for the first week.",
)
WORK = (
    "Cleared brambles and painted railings at the community garden. Worked steadily.",
    "Charity warehouse: sorting and packing. Good timekeeping.",
    "Churchyard maintenance with the team. Asked for more responsibility.",
    "Litter picking along the towpath. Late back from lunch; spoken to.",
)
AGENCY = (
    "Drug and alcohol service: attended two of three keywork sessions.",
    "Housing provider: rent is paid up; one complaint about noise.",
    "Mental health team: discharged to the GP.",
    "College: enrolled on a level one course.",
)
