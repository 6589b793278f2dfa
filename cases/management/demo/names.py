"""Names for people who do not exist, grouped so that a name and an ethnicity go together plausibly.

Written for this demonstration; no list of real people was used.
"""


def _each(text):
    return text.split()


BRITISH_MEN = _each("""
Aaron Adam Adrian Aidan Alan Alex Andrew Anthony Ashley Barry Ben Billy Bradley Brandon Callum Carl
Charlie Chris Christopher Clive Colin Connor Craig Curtis Daniel Darren Dave Dean Declan Dennis Derek
Dominic Dylan Edward Elliot Ethan Frankie Freddie Gareth Gary Gavin Geoff George Glen Graham Harry
Harvey Ian Jack Jake James Jamie Jason Jay Jed Jeremy Joe Joel John Jonathan Jordan Josh Karl Keith
Kenny Kevin Kieran Kyle Lee Leon Lewis Liam Louis Luke Malcolm Marcus Mark Martin Mason Matthew Max
Michael Mitchell Nathan Neil Nick Nigel Oliver Owen Patrick Paul Peter Phil Reece Richard Rob Robbie
Ross Russell Ryan Sam Scott Sean Shane Shaun Simon Spencer Stephen Steve Stuart Terry Tim Toby Todd
Tom Tommy Tony Trevor Tyler Wayne Will Zac
""")
BRITISH_WOMEN = _each("""
Abbie Alice Amanda Amber Amy Andrea Angela Anna Becky Beth Bev Carly Caroline Catherine Chantelle
Charlotte Chelsea Cheryl Chloe Claire Dawn Debbie Donna Eleanor Ellie Emily Emma Faye Fiona Frances
Gemma Georgia Gill Grace Hannah Hayley Heather Helen Holly Jade Jane Jasmine Jenny Jess Jo Joanne Jodie
Karen Kate Katie Kayleigh Kelly Kim Kirsty Laura Lauren Leanne Lindsey Lisa Lorraine Louise Lucy Maria
Marie Megan Mel Michelle Molly Naomi Natalie Nicola Paige Pam Paula Rachel Rebecca Rhiannon Rosie Ruth
Sally Samantha Sandra Sarah Shannon Sharon Shelley Sian Sophie Stacey Steph Sue Tammy Tanya Tara Tina
Toni Tracy Vicky Wendy Yvonne Zoe
""")
BRITISH_SURNAMES = _each("""
Abbott Aldous Allsop Amery Ansell Appleby Archer Ashdown Atwell Ayres Bagley Bainbridge Baldry Bamford
Barnard Barrow Bassett Beckwith Bellamy Benfield Birkett Blackmore Bolland Bonner Bostock Bradwell
Bramley Brayshaw Brierley Broadbent Brookfield Buckland Bullen Burbage Burgin Calloway Canning Cardew
Carswell Catling Chadwell Challis Chard Chidley Claridge Clements Clifton Cobbold Cockerill Colborne
Collingwood Coombes Copeland Cottrell Cranfield Crosby Culver Dalby Danby Darnell Deacon Denholm Dibley
Dorling Drayton Duckworth Dunmore Eastwick Eccles Edgeley Ellershaw Elphick Endersby Everard Fairburn
Farrant Featherstone Fenwick Filby Fletcher Flint Fordham Foxley Frampton Gadsby Garland Garside Gidley
Gillard Glossop Goodall Gorton Grantham Greatorex Grimshaw Gurney Haddow Halford Hallam Hanbury Hardcastle
Harkness Hartnell Haskell Hawley Hayward Heaton Hembry Henshaw Hickling Hillier Hinton Hobday Holroyd
Hopcraft Horsfall Huckle Hurley Iddon Ingleby Ireland Jardine Jephson Jessop Keating Kellaway Kendrick
Kettle Kilburn Kingdom Kirkby Knapton Lacey Lambourne Langdale Larkham Latimer Leadbetter Ledger Lester
Lingard Linnell Loxley Luckhurst Lydiard Maddox Mallory Marchbank Marlow Marsden Maslin Mawson Meakin
Mellor Merrick Middlemas Milburn Mincham Moffat Mordaunt Mossop Mulcaster Naylor Nesbit Newbold Nightingale
Norcross Nuttall Oakeshott Ogden Oldroyd Orchard Osgood Oxley Padgett Palfrey Parfitt Pargeter Paxton
Peachey Pemberton Penrose Pickering Pilbeam Plumley Pollard Portman Prentice Purcell Quarmby Quick Radley
Ramsden Raybould Redfern Rendell Ridgway Rigby Rockley Roebuck Rothwell Rudge Rushton Sadler Salter
Sandford Scarlett Seabrook Selwyn Sewell Shackleton Sheldrake Shilling Sibley Skelton Slater Snowden
Somerby Southgate Sparrow Spurling Stainton Standish Stapleton Stebbing Stockdale Stringer Sugden Swainson
Tansley Tarrant Tebbutt Thackeray Thornley Threlfall Tindall Tolley Topliss Towers Trafford Tranter Treadwell
Tunnicliffe Twigg Underhill Upjohn Vardy Varley Venables Vickery Wadsworth Wainwright Wakeley Waldron
Walmsley Warbrick Wardle Waterhouse Weatherby Wedgwood Welbourn Westlake Wetherall Whiteley Wicks Wigley
Wilcock Winstanley Witham Woodcock Woolley Wragg Wyndham Yarwood Yelland Younger
""")
SOUTH_ASIAN_MEN = _each("""
Aadil Abdul Adeel Ahsan Amir Anil Arjun Asif Bilal Dinesh Faisal Farhan Hamza Haroon Hassan Imran Irfan
Jagdeep Javed Kamran Kashif Khalid Manpreet Mohsin Naveed Nikhil Omar Rahul Rajesh Rashid Rizwan Sajid
Sandeep Shahid Sukhdev Tariq Usman Waqas Yusuf Zahid
""")
SOUTH_ASIAN_WOMEN = _each("""
Aisha Amina Anita Asma Farah Fatima Harpreet Humaira Jasvinder Kiran Meera Nadia Nasreen Neha Parveen
Priya Rabia Rukhsana Saima Sana Shabana Simran Sunita Tahira Yasmin Zainab
""")
SOUTH_ASIAN_SURNAMES = _each("""
Ahmadi Akhtar Anwar Aziz Bains Bashir Bhatti Chaudhry Choudhury Dhaliwal Dhillon Farooq Gill Hussain Iqbal
Jamil Javaid Kapoor Karim Kaur Khalil Khatri Mahmood Malik Mirza Mistry Naqvi Nawaz Parmar Qureshi Rafiq
Rahman Rana Randhawa Rathore Sandhu Sarwar Shafiq Sharif Siddiqui Sidhu Solanki Sohal Uddin Virdee Zaman
""")
BLACK_MEN = _each("""
Abel Ade Andre Anton Bashiru Chidi Courtney Dajuan Dawit Delroy Desmond Devon Dwayne Ebo Emeka Errol
Femi Garfield Idris Jermaine Kelvin Kofi Kwame Lamar Leroy Lloyd Malachi Marlon Nathaniel Obi Olu Omari
Rohan Romaine Segun Tendai Tobi Tyrone Winston Yaw
""")
BLACK_WOMEN = _each("""
Abena Ama Blessing Candice Chanelle Charmaine Comfort Denise Eniola Esther Folake Gloria Grace Ife
Keisha Latoya Marcia Mercy Monique Natasha Ngozi Patience Precious Rochelle Sade Shanice Tamara Yvette
""")
BLACK_SURNAMES = _each("""
Abara Acheampong Adeleke Adjei Afolabi Agyeman Akande Amoah Antwi Appiah Asante Baptiste Bediako Blackwood
Boadu Braithwaite Brathwaite Chikwanda Clarke Danso Dixon Ekwueme Eze Forde Francis Gayle Gordon Hinds
Ibekwe Joseph Kamara Lawal Mensah Moyo Ndlovu Nwosu Obuya Ofori Okafor Okeke Oladipo Osei Owusu Pryce
Quaye Reid Samuels Sesay Tetteh Walcott Yeboah
""")
EASTERN_MEN = _each("""
Adrian Aleksander Andrei Bogdan Cezary Darius Dawid Dorin Emil Florin Grzegorz Ionut Jakub Janis Kamil
Krzysztof Lukasz Marek Marius Mateusz Mihai Pavel Piotr Radu Razvan Sergiu Stefan Tomasz Vasile Viktor
""")
EASTERN_WOMEN = _each("""
Agnieszka Alina Beata Daniela Dorota Elena Ewa Ioana Joanna Katarzyna Kinga Larisa Magdalena Mihaela
Monika Oksana Raluca Roxana Sylwia Zofia
""")
EASTERN_SURNAMES = _each("""
Adamczak Balan Barbu Bielak Bogdanow Borowik Ciobanu Cojocar Czajka Dabek Dobrescu Dragan Dumbrava Gajda
Grigore Jablonek Jankauska Kalnins Kaminek Kazlaus Kobus Lisik Lungu Majek Marinescu Matei Mazurek Moraru
Novacek Olarek Petrauskas Pietrek Popa Rusnak Sabau Sobczyk Stanek Szulc Tudorache Urbonas Walasek Zielak
""")

# Staff of the provider, drawn apart so that a case and its officer seldom share a name
STAFF_FORENAMES = _each("""
Adaeze Alison Amit Andrea Beth Bridget Carol Catriona Charles Clare Colette Damian Deepa Diane Duncan
Elaine Erin Esther Farida Fergus Francesca Gail Gita Gordon Harriet Hilary Imelda Isabel Ivan Jacqui
Janet Jasper Jocelyn Judith Julian Karim Kathryn Kerry Leila Leo Lynne Maeve Margaret Marisa Meena Miles
Moira Nadine Neville Niamh Nina Noel Olga Pauline Philippa Priscilla Ravi Rhona Roger Rosalind Rowan
Sadia Sheila Siobhan Sonia Stella Sunil Teresa Theo Tracey Una Ursula Verity Vera Vincent Winifred Yasmine
""")
STAFF_SURNAMES = _each("""
Achterberg Alderton Amankwah Ashworth Babbington Barlow Beswick Birchall Bristow Byrne Cavanagh Chapelow
Chowdhry Cleary Coulthard Cripps Daventry Dhanda Donnelly Durrant Eastham Fairclough Fallon Fitzwilliam
Fothergill Gascoigne Ghosh Gillespie Hackett Hargreave Heggarty Holloway Inskip Jeavons Kavanagh Kershaw
Lakhani Laverick Lovegrove Lynch MacAulay Maitland Mehta Molloy Munday Nandra Nolan Ollerton Osborne Pandya
Pargiter Petrie Quigley Rafferty Rawson Renshaw Rowntree Ruane Sanghera Scanlon Shenton Soames Stallard
Tattersall Tierney Tomlinson Trewin Upton Vaughan Wallbank Whitlock Wiseman Wolstenholme Yorke
""")

STREETS = (
    """
Alderbourne Road|Amberline Close|Applewick Lane|Ashmere Gardens|Barleymow Rise|Beechwater Drive|Bellfounder Way
Bluebonnet Court|Bramblecote Road|Brickfield Mews|Brindlewood Avenue|Bulrush Close|Butterchurn Lane|Candlemaker Row
Chalkdown View|Chequerbent Road|Chiltern Larch Way|Clovermead|Coopersgate|Corncrake Drive|Cottonmill Place|Cowslade Road
Damson Orchard|Dewpond Lane|Dovecotes Walk|Elderthorn Road|Farrier's Piece|Fernhollow|Fieldfare Crescent|Flaxmere Road
Fullers Weir|Gatehouse Mead|Goldcrest Parade|Greenwoad Street|Hazelbourne|Hedgerow Terrace|Herons Lock|Hopkiln Road
Ironstone Drive|Juniper Bank|Kestrel Furlong|Kingcup Avenue|Larkspur Green|Lockkeepers Way|Longfurrow|Mallowfield
Maltings Edge|Marlpit Road|Meadowsweet Close|Millrace Court|Nettlebed Rise|Oakapple Road|Old Osier Beds|Orchid Way
Otterpool Lane|Paddlewheel Close|Partridge Ley|Plumtree Furlong|Quarryman's Road|Redwing Avenue|Reedcutters|Ropewalk End
Saddlers Croft|Sandpiper Road|Sheepwash Lane|Skylark Rise|Spindleberry|Stonecrop Avenue|Swallowtail Drive|Teasel Grove
Thistledown Road|Tithemead|Towpath Terrace|Turnstone Close|Vetchling Way|Wagtail Street|Watercress Lane|Weirside
Wharfinger Road|Whitebeam Drive|Willowherb Way|Windrush Larches|Wolfsbane Close|Woodruff Place|Yaffle Road|Yarrow Bank
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
